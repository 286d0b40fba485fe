using System.CommandLine;

namespace Relocation.Testing.Cli.Commands;

/// <summary>Finds the place that a command line names for a backup.</summary>
internal static class DestinationArgument
{
    internal const string StandardOutput = "-";

    private const string CompressedExtension = ".gz";

    internal static Argument<string> Create() => new("DEST")
    {
        Description = "The file to write, compressed by gzip when its name ends in .gz, or - for standard output.",
        DefaultValueFactory = _ => StandardOutput,
    };

    /// <summary>The destination; a file that appears whole or not at all.</summary>
    /// <param name="argument">What the command line says.</param>
    /// <param name="publicKey">The file of the key to encrypt with, or null.</param>
    internal static BackupDestination Open(string argument, string? publicKey)
    {
        var isCompressed = argument.EndsWith(CompressedExtension, StringComparison.OrdinalIgnoreCase);
        if (isCompressed && publicKey is not null)
        {
            throw Errors.CompressedAndEncrypted();
        }

        if (argument != StandardOutput && Path.GetDirectoryName(Path.GetFullPath(argument)) is { } folder && !Directory.Exists(folder))
        {
            throw Errors.DestinationFolderMissing(folder);
        }

        var destination = argument == StandardOutput
            ? BackupDestination.ToStream(Console.OpenStandardOutput(), "standard output")
            : BackupDestination.ToFile(argument);
        return publicKey is not null ? destination.EncryptedWith(EncryptionOptions.Encryptor(publicKey)) : isCompressed ? destination.Compressed() : destination;
    }
}
