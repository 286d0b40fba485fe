using System.CommandLine;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Files;

namespace Relocation.Testing.Cli.Commands;

/// <summary>Finds the place that a command line names for a backup.</summary>
internal static class DestinationArgument
{
    private const string CompressedExtension = ".gz";

    internal static Argument<string> Create() => new("DEST")
    {
        Description = "The file to write, compressed by gzip if its name ends in .gz, or - for standard output.",
        DefaultValueFactory = _ => OutputArgument.StandardOutput,
    };

    /// <summary>The destination; a file that appears whole or not at all.</summary>
    /// <param name="terminal">Standard output.</param>
    /// <param name="argument">A file, or <c>-</c>.</param>
    /// <param name="publicKey">The file of the key to encrypt with, or null.</param>
    internal static BackupDestination Open(Terminal terminal, string argument, string? publicKey)
    {
        var isCompressed = argument.EndsWith(CompressedExtension, StringComparison.OrdinalIgnoreCase);
        if (isCompressed && publicKey is not null)
        {
            throw Errors.CompressedAndEncrypted();
        }

        var destination = argument == OutputArgument.StandardOutput
            ? BackupDestination.ToStream(new CancellableStream(terminal.OpenOutput()), "standard output")
            : BackupDestination.ToFile(argument);
        return publicKey is not null ? destination.EncryptedWith(EncryptionOptions.Encryptor(publicKey)) : isCompressed ? destination.Compressed() : destination;
    }
}
