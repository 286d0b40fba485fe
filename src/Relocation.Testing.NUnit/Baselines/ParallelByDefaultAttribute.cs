using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Relocation.Testing.NUnit.Baselines;

/// <summary>
/// Runs a class in parallel with others unless it has its own setting. Unlike <see cref="ParallelizableAttribute"/> it leaves it to the
/// assembly whether tests of one class, which share their instance's fields, run in parallel. Classes in which tests depend on others run alone.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ParallelByDefaultAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (!test.Properties.ContainsKey(PropertyNames.ParallelScope) && test.TypeInfo is { Type: var type } && !DependencyChains.Include(type))
        {
            test.Properties.Set(PropertyNames.ParallelScope, ParallelScope.Self);
        }
    }
}
