namespace Relocation.Testing.Cli.Commands;

/// <summary>Finds the backup that a command line names.</summary>
internal static class BackupArgument
{
    private const string StandardInput = "-";

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
