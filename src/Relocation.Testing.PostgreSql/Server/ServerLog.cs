using System.Text;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>The end of a server's log, as it is shown to the user.</summary>
internal static class ServerLog
{
    private const int MostLines = 20;

    private const int MostBytes = 32 << 10;

    /// <summary>Kinds of lines that may hold what tests have written.</summary>
    private static readonly string[] Closed = ["STATEMENT:", "DETAIL:", "CONTEXT:", "QUERY:"];

    /// <summary>Reads it; empty where there is none.</summary>
    internal static string ReadEnd(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(Math.Max(0, stream.Length - MostBytes), SeekOrigin.Begin);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return EndOf(reader.ReadToEnd());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    /// <summary>The last lines: without statements and their parts, and each only once where the server repeats itself.</summary>
    /// <param name="log">The log.</param>
    /// <param name="most">How many lines at most.</param>
    internal static string EndOf(string log, int most = MostLines)
    {
        var lines = new List<string>();
        var isClosed = false;
        var last = string.Empty;
        foreach (var line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // What a statement goes on with begins with a tab.
            isClosed = line[0] == '\t' ? isClosed : Array.Exists(Closed, kind => line.Contains(kind, StringComparison.Ordinal));
            if (!isClosed && last != (last = TextOf(line)))
            {
                lines.Add(line.TrimEnd());
            }
        }

        return string.Join(Environment.NewLine, lines.TakeLast(most));
    }

    /// <summary>A line without its time and process.</summary>
    private static string TextOf(string line) => line.IndexOf("] ", StringComparison.Ordinal) is var at and > 0 ? line[at..] : line;
}
