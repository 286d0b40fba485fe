using System.Runtime.CompilerServices;

namespace Relocation.Testing.Sqlite.Tests.Databases;

/// <summary>Templates of these tests are kept for this process only, and for those that it starts: they may be killed.</summary>
internal static class CacheFolder
{
    private const string Variable = "RELOCATION_CACHE";
    private const string Prefix = "relocation-cache-";

    [ModuleInitializer]
    internal static void Choose()
    {
        if (Path.GetFileName(Environment.GetEnvironmentVariable(Variable))?.StartsWith(Prefix, StringComparison.Ordinal) == true)
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory(Prefix);
        Environment.SetEnvironmentVariable(Variable, folder.FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
    }
}
