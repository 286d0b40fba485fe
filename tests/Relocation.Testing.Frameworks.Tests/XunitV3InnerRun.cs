namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV3InnerRun() : InnerRun("XunitV3");
