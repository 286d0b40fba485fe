using System.CommandLine;
using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Arguments;

/// <summary>The options that name keys.</summary>
internal static class EncryptionOptions
{
    internal static Option<string?> DecryptWith() => new("--decrypt-with")
    {
        Description = "The backup is an encrypted tarball; read it with the private key in this file (PEM).",
        HelpName = "FILE",
    };

    /// <param name="name">The option's name.</param>
    /// <param name="whose">The backup that is decrypted, where there are several.</param>
    internal static Option<string?> DecryptWith(string name, string whose) => new(name)
    {
        Description = $"The file of the private key, as PEM, that {whose} is decrypted with.",
        HelpName = "FILE",
    };

    internal static Option<string?> EncryptWith() => new("--encrypt-with")
    {
        Description = "Write an encrypted tarball for the public key in this file (PEM).",
        HelpName = "FILE",
    };

    /// <summary>Adds the option of a key, and that for a key service, which Sentry's tool has and this one refuses with an explanation.</summary>
    internal static void AddKey(this Command command, Option<string?> key)
    {
        command.Add(key);
        var service = new Option<string?>($"{key.Name}-gcp-kms") { Hidden = true };
        service.Validators.Add(result => result.AddError(Errors.NoKeyService(service.Name, key.Name)));
        command.Add(service);
    }

    internal static BackupDecryptor Decryptor(string path) =>
        File.Exists(path) ? BackupDecryptor.FromPemFile(path) : throw Errors.KeyFileMissing(path);

    internal static BackupEncryptor Encryptor(string path) =>
        File.Exists(path) ? BackupEncryptor.FromPemFile(path) : throw Errors.KeyFileMissing(path);
}
