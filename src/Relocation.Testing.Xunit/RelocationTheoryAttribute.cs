using Relocation.Testing.Xunit.Running;
using Xunit;
using Xunit.Sdk;

namespace Relocation.Testing;

/// <summary>A <c>[Theory]</c> of a class that derives from <see cref="RelocationTest"/>, with what xUnit v2 does not tell other tests.</summary>
/// <remarks>As <see cref="RelocationFactAttribute"/>; the arguments are part of the names of files.</remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(DatabaseTheoryDiscoverer.Name, DatabaseFactDiscoverer.Assembly)]
public sealed class RelocationTheoryAttribute : TheoryAttribute;
