using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

/// <summary>
/// Makes a process of the tool carry out one command line after another, as starting .NET and compiling EF Core takes longer than what most
/// tests ask for. The runtime calls it before the tool's entry point, so that the tool has the dependencies and settings of its own.
/// </summary>
/// <remarks>A line of standard input is a run: folder, files of the three standard streams, arguments. A line of standard output is its exit code.</remarks>
internal static class StartupHook
{
    internal const string Variable = "DOTNET_STARTUP_HOOKS";

    private static readonly string[] Pools = ["Microsoft.Data.Sqlite.SqliteConnection, Microsoft.Data.Sqlite", "Npgsql.NpgsqlConnection, Npgsql"];

    /// <summary>Called by the runtime.</summary>
    internal static void Initialize()
    {
        // What the tool starts is no place for runs.
        Environment.SetEnvironmentVariable(Variable, null);
        using var requests = new StreamReader(new FileStream(Kept(0), FileAccess.Read, bufferSize: 1));
        using var answers = new StreamWriter(new FileStream(Kept(1), FileAccess.Write, bufferSize: 1)) { AutoFlush = true };
        var tool = Assembly.Load("relocation").EntryPoint!;
        while (requests.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize<string[]>(line)!;
            Environment.CurrentDirectory = request[0];
            Redirect(0, request[1], FileMode.Open, FileAccess.Read);
            Redirect(1, request[2], FileMode.Create, FileAccess.Write);
            Redirect(2, request[3], FileMode.Create, FileAccess.Write);
            var exitCode = (int)tool.Invoke(null, [request[4..]])!;
            Environment.CurrentDirectory = Path.GetTempPath();
            foreach (var pool in Pools)
            {
                // Connections that a process would have closed by ending.
                Type.GetType(pool, throwOnError: false)?.GetMethod("ClearAllPools")!.Invoke(null, null);
            }

            answers.WriteLine(exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        // Whoever asked has ended, or wants a new process.
        Environment.Exit(0);
    }

    /// <summary>Another descriptor of a stream, which no process that the tool starts has.</summary>
    private static SafeFileHandle Kept(int descriptor) =>
        new(Native.Control(descriptor, OperatingSystem.IsMacOS() ? 67 : 1030, 100), ownsHandle: true);

    private static void Redirect(int descriptor, string path, FileMode mode, FileAccess access)
    {
        using var file = File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
        _ = Native.Duplicate((int)file.DangerousGetHandle(), descriptor);
    }

    private static class Native
    {
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [DllImport("libc", EntryPoint = "dup2")]
        internal static extern int Duplicate(int from, int to);

        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [DllImport("libc", EntryPoint = "fcntl")]
        internal static extern int Control(int descriptor, int command, int least);
    }
}
