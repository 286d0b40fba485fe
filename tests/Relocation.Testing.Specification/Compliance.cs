using System.Reflection;

namespace Relocation.Testing.Specification;

/// <summary>Finds specifications that an engine's tests do not derive.</summary>
public static class Compliance
{
    /// <summary>The names of the specifications that no sealed class of the assembly derives.</summary>
    public static IReadOnlyList<string> Missing(Assembly engineTests)
    {
        var derived = engineTests.GetTypes().Where(type => type is { IsClass: true, IsSealed: true, IsPublic: true }).ToList();
        return [.. typeof(Compliance).Assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsAbstract: true, IsSealed: false }
                && type.Name.Split('`')[0].EndsWith("Specification", StringComparison.Ordinal))
            .Where(specification => !derived.Exists(type => Bases(type).Contains(specification)))
            .Select(specification => specification.Name)];
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            yield return at.IsGenericType ? at.GetGenericTypeDefinition() : at;
        }
    }
}
