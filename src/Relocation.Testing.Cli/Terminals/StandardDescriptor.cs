using System.Runtime.InteropServices;

namespace Relocation.Testing.Cli.Terminals;

/// <summary>Whether the process was started with an open standard stream. A closed one's number is soon another file's.</summary>
internal static class StandardDescriptor
{
    internal const int Input = 0;
    internal const int Output = 1;
    internal const int Error = 2;

    private const int GetFlags = 1;
    private const int ClosesOnExec = 1;

    /// <summary>Whether the descriptor came from who started the process: what the process itself opened closes on exec, which that one cannot.</summary>
    internal static bool IsOpen(int descriptor) =>
        OperatingSystem.IsWindows() || Native.GetDescriptorFlags(descriptor, GetFlags) is var flags && flags >= 0 && (flags & ClosesOnExec) == 0;

    private static class Native
    {
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [DllImport("libc", EntryPoint = "fcntl")]
        internal static extern int GetDescriptorFlags(int descriptor, int command);
    }
}
