package io.stockledger.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As whom PostgreSQL's programs run. PostgreSQL refuses root, so root steps down: by a user namespace (which alone
 * reaches a data folder under a home with mode 0700), else by setpriv, runuser or su to an unprivileged user.
 *
 * @param userId who must own the data folder, as the file system outside of any namespace counts
 * @param groupId the group that goes with userId
 * @param way how a command is wrapped
 * @param userName the name behind userId, for the ways that take a name
 */
record DatabaseAccount(long userId, long groupId, Way way, String userName) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseAccount.class);
    private static final Duration PROBE_WITHIN = Duration.ofMinutes(1);

    enum Way {
        AS_WE_ARE,
        UNSHARE,
        SETPRIV,
        RUNUSER,
        SU
    }

    /** The first way by which the programs run and can write into the folder; the folder is given to that account. */
    static DatabaseAccount choose(Path folder, PostgresBinaries binaries, Set<Way> allowed) {
        List<String> failures = new ArrayList<>();
        for (DatabaseAccount account : candidates(failures)) {
            if (!allowed.contains(account.way)) {
                continue;
            }
            try {
                account.probe(folder, binaries);
                LOG.debug("PostgreSQL runs by way of {}", account.way);
                return account;
            } catch (IOException e) {
                failures.add(account.way.name().toLowerCase(Locale.ROOT) + ": " + e.getMessage());
            }
        }
        throw new EmbeddedPostgresFailed("PostgreSQL can't run here with the data folder " + folder + ". Tried: "
                + String.join("; ", failures) + ".");
    }

    boolean isThisUser() {
        return way == Way.AS_WE_ARE || way == Way.UNSHARE;
    }

    /** The command as this account runs it. */
    List<String> wrap(List<String> command) {
        List<String> wrapped = new ArrayList<>(
                switch (way) {
                    case AS_WE_ARE -> List.<String>of();
                    case UNSHARE -> List.of("unshare", "-U", "--");
                    case SETPRIV ->
                        List.of("setpriv", "--reuid=" + userId, "--regid=" + groupId, "--clear-groups", "--");
                    case RUNUSER -> List.of("runuser", "-u", userName, "--");
                    case SU -> List.of("su", userName, "-s", "/bin/sh", "-c");
                });
        if (way == Way.SU) {
            wrapped.add(command.stream().map(DatabaseAccount::quoted).collect(Collectors.joining(" ")));
        } else {
            wrapped.addAll(command);
        }
        return wrapped;
    }

    private static List<DatabaseAccount> candidates(List<String> failures) {
        long self = userIdOfThisProcess();
        if (self != 0) {
            return List.of(new DatabaseAccount(self, self, Way.AS_WE_ARE, System.getProperty("user.name")));
        }
        List<DatabaseAccount> candidates = new ArrayList<>();
        candidates.add(new DatabaseAccount(0, 0, Way.UNSHARE, "root"));
        for (String name : List.of("postgres", "nobody")) {
            try {
                long userId = id("-u", name);
                long groupId = id("-g", name);
                for (Way way : List.of(Way.SETPRIV, Way.RUNUSER, Way.SU)) {
                    candidates.add(new DatabaseAccount(userId, groupId, way, name));
                }
                break;
            } catch (IOException e) {
                failures.add("user " + name + ": " + e.getMessage());
            }
        }
        return candidates;
    }

    private static long id(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("id"));
        command.addAll(List.of(arguments));
        return Long.parseLong(Command.run(PROBE_WITHIN, Path.of("/"), command));
    }

    private static long userIdOfThisProcess() {
        try {
            return id("-u");
        } catch (IOException e) {
            throw new EmbeddedPostgresFailed("Can't tell which user this is: " + e.getMessage() + ".", e);
        }
    }

    private void probe(Path folder, PostgresBinaries binaries) throws IOException {
        if (way != Way.AS_WE_ARE) {
            Folders.giveTo(userId, folder);
        }
        Path written = folder.resolve("writable");
        Command.run(PROBE_WITHIN, folder, wrap(List.of("touch", written.toString())));
        Files.deleteIfExists(written);
        Command.run(
                PROBE_WITHIN, folder, wrap(List.of(binaries.program("postgres").toString(), "--version")));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
