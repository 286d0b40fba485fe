using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Files;

namespace Relocation.Testing.Cli.Arguments;

/// <summary>Finds the backup that a command line names.</summary>
internal static class BackupArgument
{
    private const string StandardInput = "-";

    /// <param name="argument">The argument.</param>
    /// <param name="privateKey">The file of the key to decrypt with, or null.</param>
    internal static Backup Open(string argument, string? privateKey) =>
        privateKey is null ? Open(argument) : Open(argument).DecryptedWith(EncryptionOptions.Decryptor(privateKey));

    internal static Backup Open(string argument)
    {
        if (IsStandardInput(argument))
        {
            return Backup.FromStream(OpenStandardInput(), "standard input");
        }

        return argument switch
        {
            _ when Directory.Exists(argument) => throw Errors.BackupIsFolder(argument),
            _ when !File.Exists(argument) => throw Errors.BackupMissing(argument),
            _ => Backup.FromFile(argument, sourceFile: string.Empty),
        };
    }

    /// <summary>The same as raw bytes, for callers that do not read it as a backup yet.</summary>
    internal static async Task<Stream> OpenStreamAsync(string argument, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete };
        return argument switch
        {
            _ when IsStandardInput(argument) => OpenStandardInput(),
            _ when Directory.Exists(argument) => throw Errors.BackupIsFolder(argument),
            _ when !File.Exists(argument) => throw Errors.BackupMissing(argument),
            _ => await CancellableStream.OpenAsync(argument, options, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Whether an argument names standard input, as <c>-</c> or by one of its paths.</summary>
    internal static bool IsStandardInput(string argument) => argument == StandardInput || RealPath.Follow(argument).IsDescriptorOf(StandardDescriptor.Input);

    /// <summary>Standard input, which must not be a terminal.</summary>
    internal static CancellableStream OpenStandardInput()
    {
        if (!StandardDescriptor.IsOpen(StandardDescriptor.Input))
        {
            throw Errors.InputClosed();
        }

        if (!Console.IsInputRedirected)
        {
            throw Errors.InputIsTerminal();
        }

        // A folder can be opened as standard input, but not read.
        return Directory.Exists("/dev/stdin") ? throw Errors.InputIsFolder() : new CancellableStream(Console.OpenStandardInput());
    }
}
