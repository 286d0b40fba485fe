namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV2InnerRun() : VSTestInnerRun("XunitV2");
