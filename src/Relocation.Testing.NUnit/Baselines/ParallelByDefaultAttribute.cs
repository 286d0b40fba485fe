using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Relocation.Testing.NUnit.Baselines;

/// <summary>
/// Lets a class run beside others unless it says something itself. Unlike <see cref="ParallelizableAttribute"/> it leaves
/// to the assembly whether tests of one class, which share their instance's fields, run beside each other.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ParallelByDefaultAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (!test.Properties.ContainsKey(PropertyNames.ParallelScope))
        {
            test.Properties.Set(PropertyNames.ParallelScope, ParallelScope.Self);
        }
    }
}
