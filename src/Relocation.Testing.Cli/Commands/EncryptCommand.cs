using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation encrypt</c>.</summary>
internal sealed class EncryptCommand(Terminal terminal) : TarballCommand(
    terminal,
    "encrypt",
    "Makes an encrypted tarball of a backup, which only the private key opens.",
    "The backup, plain or compressed by gzip, or - for standard input.",
    EncryptionOptions.EncryptWith(),
    "Encrypted")
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Examples { get; } = ["relocation encrypt backup.tar --src backup.json --encrypt-with public.pem"];

    /// <inheritdoc />
    protected override (Backup Backup, BackupDestination Destination) Open(Terminal terminal, string source, string destination, string key)
    {
        var target = DestinationArgument.Open(terminal, destination, key);
        return (BackupArgument.Open(source), target);
    }
}
