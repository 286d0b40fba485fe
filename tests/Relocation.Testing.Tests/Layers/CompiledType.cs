namespace Relocation.Testing.Tests.Layers;

/// <summary>A type of an assembly, with all that is nested in it.</summary>
internal sealed class CompiledType(string name, bool isPublic)
{
    /// <summary>The name with its namespace.</summary>
    internal string Name => name;

    internal bool IsPublic => isPublic;

    /// <summary>The source files, as the compiler noted them.</summary>
    internal HashSet<string> Files { get; } = [];

    /// <summary>The names of the types that it refers to, of whatever assembly.</summary>
    internal SortedSet<string> References { get; } = new(StringComparer.Ordinal);

    /// <summary>The folder below the project's, or a dot for the project's own; that below <c>src/Shared</c> for sources that several projects compile.</summary>
    internal string FolderIn(string project)
    {
        var own = Files.Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).ToList();
        var file = own.Find(file => file.Contains($"/{project}/", StringComparison.Ordinal));
        var root = file is null ? "/src/Shared/" : $"/{project}/";
        file ??= own.Find(file => file.Contains(root, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"'{name}' has no source in {project}.");
        var path = file[(file.LastIndexOf(root, StringComparison.Ordinal) + root.Length)..];
        return path.LastIndexOf('/') is > 0 and var end ? path[..end] : ".";
    }
}
