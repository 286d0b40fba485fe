using Relocation.Testing.Files;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The place of a server's folder, and the limit of its write-ahead log there.</summary>
/// <remarks>
/// <para> Memory is chosen where a server can grow in it: where 4 GB are free, which a few imports of a million records with their log do
/// not fill; with less only where the folder for temporary files has no more. What counts as free is the least of what the file system, the
/// machine and the control group have left, since a file in memory takes from all three. </para>
/// <para> The log may take an eighth of what is free, but 64 MB at least, with which the server works, and 4 GB at most, beyond which
/// nothing gets faster. The server keeps to that roughly, may exceed it while it is busy, and several servers may share the room: hence an
/// eighth and no more. </para>
/// </remarks>
/// <param name="Parent">The folder in which the server's folder is made.</param>
/// <param name="Reason">Why, as the end of a sentence without its full stop.</param>
/// <param name="Free">How many bytes are free there.</param>
internal sealed record ServerRoom(string Parent, string Reason, long Free)
{
    /// <summary>What must be free in memory for a server to go there whatever the disk has.</summary>
    internal const long NeededInMemory = 4L << 30;

    internal const long LeastLog = 64L << 20;

    internal const long MostLog = 4L << 30;

    internal const string Memory = "/dev/shm";

    /// <summary>Where a server goes when the path of the folder for temporary files is too long.</summary>
    internal const string ShortFolder = "/tmp";

    private const int ShareOfLog = 8;

    /// <summary>How many megabytes the server's write-ahead log may take: <c>max_wal_size</c>.</summary>
    internal long LogMegabytes => Math.Clamp(Free / ShareOfLog, LeastLog, MostLog) >> 20;

    /// <summary>Chooses between memory and a folder.</summary>
    /// <param name="memory">How many bytes are free in memory; null where the machine has no such folder.</param>
    /// <param name="folder">The folder for temporary files.</param>
    /// <param name="free">How many bytes are free there.</param>
    internal static ServerRoom Choose(long? memory, string folder, long free) => memory switch
    {
        { } enough when enough >= NeededInMemory => new(
            Memory, $"{Memory} was chosen, as it is in memory and had {FolderRoom.Show(enough)} free", enough),
        { } more when more > free => new(
            Memory, $"{Memory} was chosen, as it had more room ({FolderRoom.Show(more)}) than '{folder}' ({FolderRoom.Show(free)}), where TMPDIR leads", more),
        { } less => new(
            folder, $"TMPDIR, or its default, has chosen '{folder}', as only {FolderRoom.Show(less)} were free in {Memory}, and 4 GB are needed to go there", free),
        null => new(folder, $"TMPDIR, or its default, has chosen '{folder}'", free),
    };

    /// <summary>Looks at this machine.</summary>
    /// <param name="isShort">Whether a folder's path leaves room for a socket's name.</param>
    internal static ServerRoom OfMachine(Predicate<string> isShort)
    {
        long? memory = OperatingSystem.IsLinux() && Directory.Exists(Memory)
            ? Math.Min(FolderRoom.Of(Memory).Free, MachineMemory.Available())
            : null;
        var temporary = Path.GetTempPath();
        var folder = isShort(temporary) ? temporary : ShortFolder;
        var chosen = Choose(memory, folder, FolderRoom.Of(folder).Free);
        return folder == temporary || chosen.Parent != folder
            ? chosen
            : chosen with { Reason = $"{folder} was chosen, as the path of '{temporary}' (TMPDIR) is too long for a socket" };
    }
}
