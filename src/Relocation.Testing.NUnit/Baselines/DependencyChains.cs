using System.Collections.Concurrent;
using System.Reflection;

namespace Relocation.Testing.NUnit.Baselines;

/// <summary>The classes in which tests depend on others, which NUnit refuses to run in parallel.</summary>
/// <remarks>The attributes are known by their names: they are new in NUnit 5, and the package works with older versions.</remarks>
internal static class DependencyChains
{
    private const string OfTest = "NUnit.Framework.DependsOnTestAttribute";
    private const string OfFixture = "NUnit.Framework.DependsOnFixtureAttribute";
    private const string OtherFixture = "DependantFixture";

    private static readonly ConcurrentDictionary<Assembly, Type[]> Fixtures = [];

    /// <summary>Whether tests of a class depend on others, or the tests of another class on them.</summary>
    internal static bool Include(Type type) =>
        Attributes(type, OfFixture).Any()
        || type.GetMethods().Any(method => Attributes(method, OfTest).Any())
        || Fixtures.GetOrAdd(type.Assembly, FixturesThatOthersNeed).Any(fixture => IsOf(type, fixture));

    private static Type[] FixturesThatOthersNeed(Assembly assembly) =>
        [.. assembly.GetTypes().SelectMany(type => Attributes(type, OfFixture))
            .Select(attribute => attribute.GetType().GetProperty(OtherFixture)?.GetValue(attribute)).OfType<Type>().Distinct()];

    private static IEnumerable<object> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributes(inherit: true).Where(attribute => attribute.GetType().FullName == name);

    /// <summary>A dependency on a class is one on those that derive from it, whatever their type arguments.</summary>
    private static bool IsOf(Type type, Type fixture)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate == fixture || (candidate.IsGenericType && candidate.GetGenericTypeDefinition() == fixture))
            {
                return true;
            }
        }

        return false;
    }
}
