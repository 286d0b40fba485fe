namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV2Tests(XunitV2InnerRun run) : XunitV2Specification(run), IClassFixture<XunitV2InnerRun>;
