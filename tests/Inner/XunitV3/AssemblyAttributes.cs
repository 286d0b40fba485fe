using Relocation.Testing.Inner.XunitV3;

[assembly: AssemblyFixture(typeof(TagDatabase))]
