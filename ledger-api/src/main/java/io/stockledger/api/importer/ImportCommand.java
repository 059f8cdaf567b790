package io.stockledger.api.importer;

import picocli.CommandLine.Command;

/** Brings files of other systems into a running ledger. */
@Command(
        name = "import",
        description = "Brings files of other systems into a running ledger.",
        subcommands = OnlineRetailCommand.class,
        mixinStandardHelpOptions = true,
        subcommandsRepeatable = false,
        synopsisSubcommandLabel = "online-retail FILE")
public final class ImportCommand {}
