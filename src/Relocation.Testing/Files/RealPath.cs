using System.Globalization;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Files;

/// <summary>Where a path leads to when every symbolic link in it is followed, those of folders too and those that lead to nothing.</summary>
/// <param name="Path">The full path, without links, <c>.</c> and <c>..</c>.</param>
/// <param name="IsDescriptor">Whether it names an open file of the process, as <c>/dev/stdout</c> does, and not a place on a disk.</param>
internal sealed record RealPath(string Path, bool IsDescriptor)
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <summary>The folder with one for each process.</summary>
    private const string Processes = "/proc/";

    /// <summary>How file names are compared.</summary>
    internal static StringComparison Comparison { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static readonly char[] Separators = [System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar];

    /// <summary>Follows a path. <c>..</c> goes up from where a link led to, as the system sees it.</summary>
    /// <exception cref="IOException">Links lead back to themselves.</exception>
    internal static RealPath Follow(string path)
    {
        // Windows removes dots before it looks at any folder.
        var full = OperatingSystem.IsWindows() ? System.IO.Path.GetFullPath(path) : System.IO.Path.Combine(Environment.CurrentDirectory, path);
        var at = System.IO.Path.GetPathRoot(full)!;
        var rest = new Stack<string>();
        Push(rest, full[at.Length..]);
        var links = 0;
        while (rest.TryPop(out var name))
        {
            if (name == "..")
            {
                at = System.IO.Path.GetDirectoryName(at) ?? at;
                continue;
            }

            var next = System.IO.Path.Combine(at, name);
            if (IsOfDescriptors(at))
            {
                return new RealPath(next, true);
            }

            if (LinkOf(next) is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"The links of '{ShownText.Line(path)}' lead in a circle.");
            }

            var root = System.IO.Path.IsPathRooted(target) ? System.IO.Path.GetPathRoot(target)! : string.Empty;
            at = root.Length > 0 ? root : at;
            Push(rest, target[root.Length..]);
        }

        return new RealPath(at, false);
    }

    /// <summary>Whether this is an open file of this process, by its number; another process has others of the same number.</summary>
    internal bool IsDescriptorOf(int number) => IsDescriptor && System.IO.Path.GetFileName(Path) == number.ToString(CultureInfo.InvariantCulture)
        && (!Path.StartsWith(Processes, StringComparison.Ordinal) || Path.StartsWith($"{Processes}{Environment.ProcessId}/", StringComparison.Ordinal));

    /// <summary>The real path of a file that may be missing.</summary>
    /// <exception cref="IOException">Links lead back to themselves.</exception>
    internal static string Of(string path) => Follow(path).Path;

    /// <summary>Where a link leads; null where the path is none, or nothing at all.</summary>
    private static string? LinkOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (var name in path.Split(Separators).Reverse().Where(name => name is not ("" or ".")))
        {
            rest.Push(name);
        }
    }

    /// <summary>Whether a folder lists the open files of a process: links there name what was opened, which may have no path.</summary>
    private static bool IsOfDescriptors(string folder) =>
        folder == "/dev/fd" || (folder.StartsWith(Processes, StringComparison.Ordinal) && folder.EndsWith("/fd", StringComparison.Ordinal));
}
