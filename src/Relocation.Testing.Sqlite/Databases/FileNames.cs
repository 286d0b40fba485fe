using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Relocation.Testing.Sqlite.Databases;

/// <summary>How many names a file has: hard links share one file, and none of them is the real one.</summary>
internal static partial class FileNames
{
    private const int InCurrentFolder = -100;
    private const uint CountOfNames = 4;

    /// <summary>The place of the count in what the system call writes, which is the same on every processor.</summary>
    private const int CountAt = 16;

    /// <summary>Whether a file has more than one name. Only Linux is asked; elsewhere no.</summary>
    internal static bool AreMany(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        Span<byte> facts = stackalloc byte[256];
        try
        {
            return Read(InCurrentFolder, path, 0, CountOfNames, facts) == 0
                && BinaryPrimitives.ReadUInt32LittleEndian(facts[CountAt..]) > 1;
        }
        catch (EntryPointNotFoundException)
        {
            // The C library is older than the call.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Read(int folder, string path, int flags, uint mask, Span<byte> facts);
}
