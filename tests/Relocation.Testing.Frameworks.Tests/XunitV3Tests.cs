namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV3Tests(XunitV3InnerRun run) : XunitV3Specification(run), IClassFixture<XunitV3InnerRun>;
