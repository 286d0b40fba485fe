namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV3FloorInnerRun() : InnerRun("XunitV3", "Floor");
