using System.Runtime.CompilerServices;

namespace Relocation.Testing.Sqlite.Tests.Databases;

/// <summary>Templates of these tests are kept for this process only.</summary>
internal static class CacheFolder
{
    [ModuleInitializer]
    internal static void Choose()
    {
        var folder = Directory.CreateTempSubdirectory("relocation-cache-");
        Environment.SetEnvironmentVariable("RELOCATION_CACHE", folder.FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
    }
}
