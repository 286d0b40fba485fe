using System.Globalization;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>How much memory this process's files in memory may still take on Linux.</summary>
internal static class MachineMemory
{
    /// <summary>Where control groups say what they may take, and what they have taken: version 2, then version 1.</summary>
    private static readonly (string Limit, string Used, string Parts, string Cached)[] Groups =
    [
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current", "/sys/fs/cgroup/memory.stat", "inactive_file"),
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes", "/sys/fs/cgroup/memory/memory.stat", "total_inactive_file"),
    ];

    /// <summary>The least of what the machine and its control group have left.</summary>
    internal static long Available()
    {
        var left = OfMachine(Read("/proc/meminfo"));
        foreach (var (limit, used, parts, cached) in Groups)
        {
            left = Math.Min(left, OfGroup(Read(limit), Read(used), Read(parts), cached));
        }

        return left;
    }

    /// <param name="meminfo">The text of <c>/proc/meminfo</c>.</param>
    internal static long OfMachine(string meminfo) => ValueOf(meminfo, "MemAvailable:") is { } kilobytes ? kilobytes << 10 : long.MaxValue;

    /// <summary>What a control group has left. Pages of files that were read can be had back, and so do not count as used.</summary>
    /// <param name="limit">The text of its limit, which may be <c>max</c>; empty where there is no such group.</param>
    /// <param name="used">The text of what it uses.</param>
    /// <param name="parts">What that is made of.</param>
    /// <param name="cached">The name of what can be had back.</param>
    internal static long OfGroup(string limit, string used, string parts, string cached) =>
        long.TryParse(limit, CultureInfo.InvariantCulture, out var most) && long.TryParse(used, CultureInfo.InvariantCulture, out var taken)
            ? Math.Max(0, most - taken + (ValueOf(parts, cached) ?? 0))
            : long.MaxValue;

    private static long? ValueOf(string text, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[0] == name && long.TryParse(words[1], CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private static string Read(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : string.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
