using Relocation.Testing.Xunit.Running;
using Xunit;
using Xunit.Sdk;

namespace Relocation.Testing;

/// <summary>A <c>[Fact]</c> of a class that derives from <see cref="RelocationTest"/>, with what xUnit v2 does not tell other tests.</summary>
/// <remarks>
/// The test is skipped on a developer's machine if its database is not available and the fixture says so; a failed test's database is kept; files have the
/// test's name; and the test's output says what happened to its database, whether or not the class takes an <c>ITestOutputHelper</c>. In
/// other classes it is a <c>[Fact]</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(DatabaseFactDiscoverer.Name, DatabaseFactDiscoverer.Assembly)]
public sealed class RelocationFactAttribute : FactAttribute;
