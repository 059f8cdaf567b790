package io.stockledger.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One owner per data folder; the operating system drops the lock with the process, however that ends. */
final class FolderLock implements AutoCloseable {
    /**
     * Opening and closing the lock file a second time in this process would make the kernel drop the first lock, so a
     * second owner in the same process must be turned away before it touches the file.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static FolderLock take(Path folder) {
        Path pidOfOwner = folder.resolve("owner.pid");
        if (!HELD_HERE.add(folder)) {
            throw EmbeddedPostgresFailed.folderInUse(
                    folder, "this process (" + ProcessHandle.current().pid() + ")");
        }
        @Nullable FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(folder.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw EmbeddedPostgresFailed.folderInUse(
                        folder,
                        Files.exists(pidOfOwner) ? "process " + Files.readString(pidOfOwner) : "another process");
            }
            Files.writeString(pidOfOwner, Long.toString(ProcessHandle.current().pid()));
            return new FolderLock(folder, channel);
        } catch (IOException e) {
            release(folder, channel);
            throw new EmbeddedPostgresFailed("Can't lock " + folder + ": " + e + ".", e);
        } catch (EmbeddedPostgresFailed e) {
            release(folder, channel);
            throw e;
        }
    }

    @Override
    public void close() {
        release(folder, channel);
    }

    private static void release(Path folder, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresFailed("Can't unlock " + folder + ": " + e + ".", e);
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
