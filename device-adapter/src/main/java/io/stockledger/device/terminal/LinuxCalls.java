package io.stockledger.device.terminal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The few calls of the C library that Java has no word for. */
interface LinuxCalls extends Library {

    LinuxCalls C = Native.load("c", LinuxCalls.class);

    int O_RDONLY = 0;
    int O_RDWR = 2;
    int O_NOCTTY = 0x100;
    int O_NONBLOCK = 0x800;
    short POLLIN = 1;

    int open(String path, int flags) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;

    int posix_openpt(int flags) throws LastErrorException;

    int grantpt(int descriptor) throws LastErrorException;

    int unlockpt(int descriptor) throws LastErrorException;

    int ptsname_r(int descriptor, byte[] name, NativeLong length) throws LastErrorException;

    int tcgetattr(int descriptor, Pointer termios) throws LastErrorException;

    void cfmakeraw(Pointer termios);

    int tcsetattr(int descriptor, int when, Pointer termios) throws LastErrorException;

    NativeLong read(int descriptor, byte[] buffer, NativeLong length) throws LastErrorException;

    NativeLong write(int descriptor, byte[] buffer, NativeLong length) throws LastErrorException;

    /** @param descriptors struct pollfd: int fd, short events, short revents */
    int poll(Pointer descriptors, NativeLong count, int timeoutMillis) throws LastErrorException;

    int ioctl(int descriptor, NativeLong request, NativeLong argument) throws LastErrorException;
}
