namespace Relocation.Testing.Frameworks.Tests;

public sealed class MSTestInnerRun() : InnerRun("MSTest");
