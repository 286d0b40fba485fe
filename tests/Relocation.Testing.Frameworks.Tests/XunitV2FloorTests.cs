using Relocation.Testing.Specification;

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>The same with the oldest xUnit v2 that the package allows.</summary>
[Case("floors")]
public sealed class XunitV2FloorTests(XunitV2FloorInnerRun run) : XunitV2Specification(run), IClassFixture<XunitV2FloorInnerRun>;
