using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Relocation.Testing.Files;

/// <summary>Tells what a path leads to. .NET itself does not tell a device or a named pipe from a regular file.</summary>
internal static class FileNode
{
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>What a path leads to, links followed.</summary>
    internal static NodeKind KindOf(string path)
    {
        if (Directory.Exists(path))
        {
            return NodeKind.Folder;
        }

        if (!File.Exists(path))
        {
            return NodeKind.None;
        }

        return TypeOf(path) is null or RegularFile ? NodeKind.File : NodeKind.Other;
    }

    /// <summary>
    /// Whether a file has more than one name: hard links share one file, and none of them is the real one. Only Linux is asked; elsewhere no.
    /// </summary>
    internal static bool HasOtherNames(string path)
    {
        const uint CountOfNames = 4;
        const int CountAt = 16;
        return OperatingSystem.IsLinux() && StatusOf(path, CountOfNames) is { } status && BitConverter.ToUInt32(status, CountAt) > 1;
    }

    /// <summary>How Linux calls a file in its list of locks, links followed: device and number; null elsewhere, or where there is none.</summary>
    internal static string? NumberOf(string path)
    {
        const uint Number = 0x100;
        const int NumberAt = 32;
        const int MajorAt = 136;
        const int MinorAt = 140;
        return OperatingSystem.IsLinux() && StatusOf(path, Number) is { } status
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{BitConverter.ToUInt32(status, MajorAt):x2}:{BitConverter.ToUInt32(status, MinorAt):x2}:{BitConverter.ToUInt64(status, NumberAt)}")
            : null;
    }

    /// <summary>The type bits of a path's mode, or null when the system does not tell them.</summary>
    private static int? TypeOf(string path)
    {
        const uint TypeAndMode = 3;
        var modeAt = OperatingSystem.IsLinux() ? 28 : 4;
        return StatusOf(path, TypeAndMode) is { } status ? BitConverter.ToUInt16(status, modeAt) & TypeMask : null;
    }

    /// <summary>What the system tells of a path, links followed; null when it tells nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="mask">What is asked for, where the system lets one choose.</param>
    private static byte[]? StatusOf(string path, uint mask)
    {
        const int CurrentFolder = -100;

        // Larger than any system's structure.
        var status = new byte[512];
        var name = Encoding.UTF8.GetBytes(path + '\0');
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return Native.StatX(CurrentFolder, name, 0, mask, status) == 0 ? status : null;
            }

            if (OperatingSystem.IsMacOS())
            {
                var isRead = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Native.Stat(name, status) : Native.Stat64(name, status);
                return isRead == 0 ? status : null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library.
        }

        return null;
    }

    /// <summary>The C library's functions, whose structures are the same on all processors.</summary>
    private static class Native
    {
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [DllImport("libc", EntryPoint = "statx")]
        internal static extern int StatX(int folder, byte[] path, int flags, uint mask, [Out] byte[] status);

        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [DllImport("libc", EntryPoint = "stat")]
        internal static extern int Stat(byte[] path, [Out] byte[] status);

        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        [DllImport("libc", EntryPoint = "stat$INODE64")]
        internal static extern int Stat64(byte[] path, [Out] byte[] status);
    }
}
