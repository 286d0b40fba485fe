namespace Relocation.Testing.Frameworks.Tests;

public sealed class XunitV2FloorInnerRun() : VSTestInnerRun("XunitV2", "Floor");
