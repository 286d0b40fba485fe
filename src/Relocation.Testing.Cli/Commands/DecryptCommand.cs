using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation decrypt</c>.</summary>
internal sealed class DecryptCommand(Terminal terminal) : TarballCommand(
    terminal,
    "decrypt",
    "Reads an encrypted tarball and writes the backup in it. What is damaged or was changed is refused whole.",
    "The encrypted tarball, or - for standard input.",
    EncryptionOptions.DecryptWith(),
    "Decrypted")
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Examples { get; } = ["relocation decrypt backup.json --src backup.tar --decrypt-with private.pem"];

    /// <inheritdoc />
    protected override (Backup Backup, BackupDestination Destination) Open(Terminal terminal, string source, string destination, string key)
    {
        var target = DestinationArgument.Open(terminal, destination, null);
        return (BackupArgument.Open(source, key), target);
    }
}
