using System.ComponentModel;
using System.Globalization;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>The holder of a relocation: a run of a process on a machine. Its text is stored in the lease's column.</summary>
/// <param name="Machine">
/// The machine: its name, and what distinguishes it from others of that name and from containers with process numbers of their own.
/// </param>
/// <param name="Process">The process's number.</param>
/// <param name="Started">When the process was started, since numbers are reused: a counter of the system since its start; 0 if unknown.</param>
/// <param name="Run">Which run of the process it is.</param>
internal sealed record LeaseOwner(string Machine, int Process, long Started, int Run)
{
    private const char Separator = '/';
    private const char Mark = ':';
    private const int LongestName = 40;
    private const int LongestMark = 20;

    private const long Untold = 0;

    /// <summary>A time is computed from a counter since the system's start, and may be off by a second.</summary>
    private static readonly long Tolerance = OperatingSystem.IsLinux() ? 0 : 2;

    private static int _runs;

    private static string ThisMachine { get; } = $"{Cut(Environment.MachineName.Replace(Separator, '-'), LongestName)}{Mark}{MarkOfSystem()}";

    /// <summary>A new run of this process.</summary>
    internal static LeaseOwner Make() => new(
        ThisMachine, Environment.ProcessId, StartOf(Environment.ProcessId) ?? Untold, Interlocked.Increment(ref _runs));

    /// <summary>Whether the text is that of a process of this machine that has ended.</summary>
    internal static bool HasEnded(string text) =>
        TryParse(text) is { } owner && owner.Machine == ThisMachine && IsAnother(StartOf(owner.Process), owner.Started, Tolerance);

    /// <summary>Whether the process with a number is not the one that had it. If its start time cannot be read, it may be the same.</summary>
    /// <param name="now">When the process of that number was started, or null when there is none.</param>
    /// <param name="then">When the one that had it was started.</param>
    /// <param name="tolerance">The largest difference.</param>
    internal static bool IsAnother(long? now, long then, long tolerance) =>
        now is not { } started || (started != Untold && then != Untold && Math.Abs(started - then) > tolerance);

    /// <summary>The owner in words.</summary>
    internal static string Describe(string text) => TryParse(text) is { } owner
        ? string.Create(CultureInfo.InvariantCulture, $"process {owner.Process} on {owner.Machine.Split(Mark)[0]}")
        : text;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}{Separator}{Process}{Separator}{Started}{Separator}{Run}");

    private static LeaseOwner? TryParse(string text)
    {
        var parts = text.Split(Separator);
        return parts.Length == 4
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var process)
            && long.TryParse(parts[2], CultureInfo.InvariantCulture, out var started)
            && int.TryParse(parts[3], CultureInfo.InvariantCulture, out var run)
                ? new LeaseOwner(parts[0], process, started, run)
                : null;
    }

    private static string Cut(string text, int longest) => text.Length > longest ? text[..longest] : text;

    /// <summary>Identifies the system's start and the namespace of process numbers; empty if unknown.</summary>
    private static string MarkOfSystem()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? Cut($"{File.ReadAllText("/proc/sys/kernel/random/boot_id")[..8]}{string.Concat((new FileInfo("/proc/self/ns/pid").LinkTarget ?? string.Empty).Where(char.IsAsciiDigit))}", LongestMark)
                : string.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return string.Empty;
        }
    }

    /// <summary>When a process was started; null if there is none with that number.</summary>
    private static long? StartOf(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return OperatingSystem.IsLinux() ? TicksOf(id) : new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            // It exists but belongs to another user, so its start time cannot be read.
            return Untold;
        }
    }

    /// <summary>In ticks since the system's start: setting the clock would change a time.</summary>
    private static long TicksOf(int id)
    {
        const int StartAfterName = 19;
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[StartAfterName], CultureInfo.InvariantCulture);
    }
}
