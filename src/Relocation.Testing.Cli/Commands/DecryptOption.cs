using System.CommandLine;

namespace Relocation.Testing.Cli.Commands;

/// <summary>An option that names the private key of an encrypted backup.</summary>
internal static class DecryptOption
{
    internal static Option<string?> Named(string name, string whose) => new(name)
    {
        Description = $"The file of the private key, as PEM, that {whose} is decrypted with.",
        HelpName = "FILE",
    };

    /// <summary>The backup that an argument names, decrypted where a key is given.</summary>
    internal static Backup Open(string argument, string? keyFile)
    {
        var backup = BackupArgument.Open(argument);
        return keyFile is null ? backup : backup.DecryptedWith(EncryptionOptions.Decryptor(keyFile));
    }
}
