namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV3Tests(XunitV3InnerRun run) : FrameworkSpecification(run), IClassFixture<XunitV3InnerRun>
{
    protected override string NotDescribed => "The test database has no target. Set Target to where it comes from:";
}
