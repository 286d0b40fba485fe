using System.Reflection;
using System.Runtime.Loader;

namespace Relocation.Testing.Cli.Models;

/// <summary>
/// Loads an assembly of the user with its dependencies. EF Core, this library and their dependencies come from the tool, since types are
/// the same only if they are loaded once.
/// </summary>
internal sealed class UserAssemblies(string path) : AssemblyLoadContext(path)
{
    private static readonly string[] Shared =
    [
        "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.", "Microsoft.Data.Sqlite", "SQLitePCLRaw.", "Npgsql", "Relocation.Testing",
    ];

    private readonly AssemblyDependencyResolver _dependencies = new(path);
    private readonly IReadOnlyList<string> _frameworks = SharedFrameworks.FoldersFor(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Array.Exists(Shared, start => assemblyName.Name?.StartsWith(start, StringComparison.Ordinal) == true))
        {
            try
            {
                return Default.LoadFromAssemblyName(assemblyName);
            }
            catch (FileNotFoundException)
            {
                // The tool has no such part of EF Core, a plug-in for example.
            }
        }

        var file = _dependencies.ResolveAssemblyToPath(assemblyName)
            ?? _frameworks.Select(folder => Path.Combine(folder, $"{assemblyName.Name}.dll")).FirstOrDefault(File.Exists);
        return file is null ? null : LoadFromAssemblyPath(file);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _dependencies.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
}
