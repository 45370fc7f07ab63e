import { StartRefused } from '../errors.ts';

/** How far down an error's causes are looked at. */
const DEPTH = 5;

/** What the owner can mend, by the code of the error or by what a pooler says, which gives one code to everything. */
const FAULTS: readonly { is: RegExp; remedy: string }[] = [
  {
    is: /^28P01$/,
    remedy:
      'The database does not take this user’s password. Copy the address once more; in a password every character but letters, digits, - . _ ~ is written with % in an address (# is %23), or as it is in DATABASE_PASSWORD.',
  },
  {
    is: /^3D000$/,
    remedy:
      'The server has no database of the name in the address. Make it (CREATE DATABASE), or correct the name.',
  },
  {
    is: /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)|CERT_SIGNATURE_FAILURE)$/,
    remedy:
      'The database’s certificate is not signed by an authority that is trusted here. Put the provider’s file of its authority into the address as sslrootcert=/path/of/it.pem; sslmode=require encrypts without asking who answers.',
  },
  {
    is: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    remedy:
      'The database’s certificate is for another host than the one in the address. Use the host that it names, or sslmode=verify-ca with the sslrootcert of its authority.',
  },
  {
    is: /^CERT_HAS_EXPIRED$/,
    remedy: 'The database’s certificate has expired. Have it renewed; sslmode=require does not ask for it.',
  },
  {
    is: /unsupported startup parameter/,
    remedy:
      'The pooler refuses the settings that the address asks for by “options”. Leave them out, or take the address past the pooler.',
  },
  {
    // What is missing for new tables has been told before; this is about those that there are.
    is: /^42501$/,
    remedy:
      'The database’s tables belong to another role than the one in the address. Use the role that made them, or have its owner run: REASSIGN OWNED BY the_other_role TO this_role;',
  },
];

/** A refusal that says what to do, for an error that the owner can mend; null for any other. */
export function refuseToStart(error: unknown): StartRefused | null {
  let current = error;
  for (let depth = 0; depth < DEPTH && current instanceof Error; depth++) {
    if (current instanceof StartRefused) return null;
    const said = [current.message, 'code' in current ? String(current.code) : ''];
    const fault = FAULTS.find(({ is }) => said.some((words) => is.test(words)));
    if (fault !== undefined) return new StartRefused(fault.remedy, { cause: error });
    current = current.cause;
  }
  return null;
}
