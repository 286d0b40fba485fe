using Xunit.Abstractions;
using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Running;

/// <summary>Creates the test case of a <see cref="RelocationFactAttribute"/>.</summary>
internal sealed class DatabaseFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    internal const string Assembly = "Relocation.Testing.Xunit";
    internal const string Name = $"{Assembly}.Running.{nameof(DatabaseFactDiscoverer)}";

    private readonly IMessageSink _diagnostics = diagnostics;

    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) => new DatabaseTestCase(
            _diagnostics, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, null);
}
