using System.CommandLine;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options that name keys.</summary>
internal static class EncryptionOptions
{
    internal static Option<string?> DecryptWith() => new("--decrypt-with")
    {
        Description = "The backup is an encrypted tarball; read it with the private key in this file (PEM).",
        HelpName = "FILE",
    };

    internal static Option<string?> EncryptWith() => new("--encrypt-with")
    {
        Description = "Write an encrypted tarball for the public key in this file (PEM).",
        HelpName = "FILE",
    };

    internal static BackupDecryptor Decryptor(string path) =>
        File.Exists(path) ? BackupDecryptor.FromPemFile(path) : throw Errors.KeyFileMissing(path);

    internal static BackupEncryptor Encryptor(string path) =>
        File.Exists(path) ? BackupEncryptor.FromPemFile(path) : throw Errors.KeyFileMissing(path);
}
