using System.ComponentModel;
using System.Globalization;

namespace Relocation.Testing.Sentry.Tasks.Running;

/// <summary>Who has a relocation: a run of a process of a machine. Its text is what the lease's column holds.</summary>
/// <param name="Machine">The machine: its name, and what tells it from others of the name, or from containers whose processes have numbers of their own.</param>
/// <param name="Process">The process's number.</param>
/// <param name="Started">When the process was started, in seconds since 1970: numbers are given again.</param>
/// <param name="Run">Which run of the process it is.</param>
internal sealed record LeaseOwner(string Machine, int Process, long Started, int Run)
{
    private const char Separator = '/';
    private const char Mark = ':';
    private const int LongestName = 40;
    private const int LongestMark = 20;

    /// <summary>Systems work out from a count since their start when a process was started, and are off by a second.</summary>
    private const long Tolerance = 2;

    private static int _runs;

    private static string ThisMachine { get; } = $"{Cut(Environment.MachineName.Replace(Separator, '-'), LongestName)}{Mark}{MarkOfSystem()}";

    /// <summary>A new run of this process.</summary>
    internal static LeaseOwner Make() => new(
        ThisMachine, Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0, Interlocked.Increment(ref _runs));

    /// <summary>Whether the text is that of a process of this machine that has ended, so that it will not go on.</summary>
    internal static bool HasEnded(string text) =>
        TryParse(text) is { } owner && owner.Machine == ThisMachine
        && (StartOf(owner.Process) is not { } started || Math.Abs(started - owner.Started) > Tolerance);

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

    /// <summary>Which start of the system this is, and in which space of process numbers; empty where the system does not tell.</summary>
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

    /// <summary>When a process was started, in seconds since 1970; null when there is none of that number.</summary>
    private static long? StartOf(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (Win32Exception)
        {
            // It is there, and another user's: nobody may ask when it was started.
            return 0;
        }
    }
}
