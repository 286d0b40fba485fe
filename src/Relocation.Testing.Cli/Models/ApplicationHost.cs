using System.Reflection;

namespace Relocation.Testing.Cli.Models;

/// <summary>An application as its program has built it.</summary>
/// <param name="Services">Its services.</param>
/// <param name="Contexts">The contexts that it has registered.</param>
internal sealed record ApplicationHost(IServiceProvider Services, IReadOnlyList<Type> Contexts)
{
    /// <summary>Programs of theirs run tests.</summary>
    private static readonly string[] TestFrameworks = ["xunit", "nunit", "TUnit", "MSTest", "Microsoft.VisualStudio.TestPlatform", "Microsoft.Testing.Platform"];

    /// <summary>Whether an assembly is a program that builds a host, and none that runs tests.</summary>
    internal static bool IsIn(Assembly assembly)
    {
        var references = assembly.GetReferencedAssemblies().Select(reference => reference.Name ?? string.Empty).ToList();
        return assembly.EntryPoint is not null
            && references.Exists(name => name.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
            && !references.Exists(name => Array.Exists(TestFrameworks, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)));
    }
}
