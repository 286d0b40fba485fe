namespace Relocation.Testing.Cli.Commands;

/// <summary>Finds the backup that a command line names.</summary>
internal static class BackupArgument
{
    private const string StandardInput = "-";

    /// <param name="argument">What the command line says.</param>
    /// <param name="privateKey">The file of the key to decrypt with, or null.</param>
    internal static Backup Open(string argument, string? privateKey) =>
        privateKey is null ? Open(argument) : Open(argument).DecryptedWith(EncryptionOptions.Decryptor(privateKey));

    internal static Backup Open(string argument)
    {
        if (argument == StandardInput)
        {
            return Backup.FromStream(new CancellableStream(Console.OpenStandardInput()), "standard input");
        }

        return argument switch
        {
            _ when Directory.Exists(argument) => throw Errors.BackupIsFolder(argument),
            _ when !File.Exists(argument) => throw Errors.BackupMissing(argument),
            _ => Backup.FromFile(argument),
        };
    }
}
