namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV3Tests(XunitV3InnerRun run) : FrameworkSpecification(run), IClassFixture<XunitV3InnerRun>;
