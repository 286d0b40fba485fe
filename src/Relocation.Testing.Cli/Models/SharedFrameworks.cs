using System.Runtime.InteropServices;
using System.Text.Json;

namespace Relocation.Testing.Cli.Models;

/// <summary>The shared frameworks of an application besides .NET's own, ASP.NET Core above all: folders of assemblies that no package brings.</summary>
internal static class SharedFrameworks
{
    private const string Runtime = "Microsoft.NETCore.App";

    /// <summary>What a library is taken to need, as it has no list of its own.</summary>
    private const string Web = "Microsoft.AspNetCore.App";

    /// <summary>The folders of the frameworks that an assembly asks for, in the newest version of the same major one.</summary>
    internal static IReadOnlyList<string> FoldersFor(string assembly)
    {
        var shared = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", ".."));
        return [.. NamesFor(assembly).Select(framework => NewestIn(Path.Combine(shared, framework.Name), framework.Major)).OfType<string>()];
    }

    private static IEnumerable<(string Name, int Major)> NamesFor(string assembly)
    {
        var file = Path.ChangeExtension(assembly, ".runtimeconfig.json");
        if (!File.Exists(file))
        {
            return [(Web, Environment.Version.Major)];
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var options = document.RootElement.GetProperty("runtimeOptions");
            var several = options.TryGetProperty("frameworks", out var frameworks) ? frameworks.EnumerateArray().ToList() : [];
            if (options.TryGetProperty("framework", out var one))
            {
                several.Add(one);
            }

            return [.. several.Select(framework => (framework.GetProperty("name").GetString()!, MajorOf(framework.GetProperty("version").GetString())))
                .Where(framework => framework.Item1 != Runtime)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }

    private static string? NewestIn(string folder, int major) => !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder)
        .Where(version => MajorOf(Path.GetFileName(version)) == major)
        .MaxBy(version => Version.TryParse(Path.GetFileName(version), out var parsed) ? parsed : new Version());

    private static int MajorOf(string? version) => int.TryParse(version?.Split('.')[0], out var major) ? major : 0;
}
