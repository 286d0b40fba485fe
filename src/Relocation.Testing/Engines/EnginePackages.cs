using System.Reflection;

namespace Relocation.Testing.Engines;

/// <summary>The engines whose packages the tests have.</summary>
internal static class EnginePackages
{
    private static readonly string[] Names = ["Relocation.Testing.Sqlite", "Relocation.Testing.PostgreSql"];

    /// <summary>The engines in the order in which their tests are listed.</summary>
    internal static IReadOnlyList<DefaultTargetAttribute> All() =>
        [.. Names.Select(Load).OfType<Assembly>().SelectMany(assembly => assembly.GetCustomAttributes<DefaultTargetAttribute>())];

    /// <summary>The engines of those types, or all.</summary>
    /// <exception cref="InvalidOperationException">There is none, or not that one.</exception>
    internal static IReadOnlyList<DefaultTargetAttribute> Of(IReadOnlyCollection<Type> types)
    {
        var all = All();
        if (all.Count == 0)
        {
            throw DatabaseErrors.NoEnginePackage(Names);
        }

        foreach (var type in types)
        {
            if (!all.Any(package => type.IsInstanceOfType(package.Engine)))
            {
                throw DatabaseErrors.UnknownEngineType(type, all.Select(package => package.Engine.GetType().Name));
            }
        }

        return types.Count == 0 ? all : [.. all.Where(package => types.Any(type => type.IsInstanceOfType(package.Engine)))];
    }

    /// <summary>A package that no code names is not referenced by the tests' assembly, but lies beside it.</summary>
    private static Assembly? Load(string name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
