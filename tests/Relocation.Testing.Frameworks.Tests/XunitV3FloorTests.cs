using Relocation.Testing.Specification;

namespace Relocation.Testing.Frameworks.Tests;

/// <summary>The same with the oldest xUnit v3 that the package allows.</summary>
[Case("floors")]
public sealed class XunitV3FloorTests(XunitV3FloorInnerRun run) : XunitV3Specification(run), IClassFixture<XunitV3FloorInnerRun>;
